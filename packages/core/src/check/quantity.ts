/**
 * The value of a Kubernetes quantity in thousandths of its unit; undefined when it is none.
 *
 * Grammar of `k8s.io/apimachinery/pkg/api/resource`: a decimal number and one suffix of n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an
 * exponent. Parts of a thousandth are rounded up, as the API server does.
 */
export function quantityMillis(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value * 1000n;
  const text = typeof value === 'number' ? plainNumber(value) : value;
  if (typeof text !== 'string') return undefined;
  const found = /^([+-]?)(\d+\.?\d*|\.\d+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+)?$/.exec(text);
  if (found === null) return undefined;
  const [, sign = '', digits = '', suffix = ''] = found;
  const [whole = '', fraction = ''] = digits.split('.');
  const { numerator, denominator } = scaleOf(suffix);
  const top = BigInt(`${whole}${fraction}`) * numerator * 1000n;
  const bottom = denominator * 10n ** BigInt(fraction.length);
  const rounded = (top + bottom - 1n) / bottom;
  return sign === '-' ? -rounded : rounded;
}

/** Ten to a power beyond this is no amount of anything, and would take long to work out. */
const MOST_EXPONENT = 99;

function scaleOf(suffix: string): { readonly numerator: bigint; readonly denominator: bigint } {
  const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].indexOf(suffix);
  if (binary !== -1) return { numerator: 1024n ** BigInt(binary + 1), denominator: 1n };
  const decimal: Readonly<Record<string, number>> = {
    n: -9,
    u: -6,
    m: -3,
    '': 0,
    k: 3,
    M: 6,
    G: 9,
    T: 12,
    P: 15,
    E: 18,
  };
  const exponent = decimal[suffix] ?? Number(suffix.slice(1));
  const power = 10n ** BigInt(Math.min(Math.abs(exponent), MOST_EXPONENT));
  return exponent < 0 ? { numerator: 1n, denominator: power } : { numerator: power, denominator: 1n };
}

function plainNumber(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}
