/** The path of a field below another, as in `spec.ports[0].port`; a key that is no word stands in brackets, as in `data["web.yaml"]`. */
export function fieldBelow(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`;
  if (/[.[\]]/.test(step)) return `${path}[${JSON.stringify(step)}]`;
  return path === '' ? step : `${path}.${step}`;
}
