import { quoteGo } from '../value/quote.ts';

export function ipv4Fault(text: string): string | undefined {
  const groups = text.split('.');
  if (groups.length !== 4) return 'expected four decimals';
  for (const group of groups) {
    if (group.length > 1 && group.startsWith('0')) return 'leading zeros';
    if (!/^[+-]?\d+$/.test(group)) return `strconv.Atoi: parsing ${quoteGo(group)}: invalid syntax`;
    if (Number(group) < 0 || Number(group) > 255) return 'decimal must be between 0 and 255';
  }
  return undefined;
}

/** Eight groups, of which one run of zeros may be left out, and the last two may be an IPv4 address. */
export function ipv6Fault(text: string): string | undefined {
  if (!text.includes(':')) return 'missing colon';
  if (text.includes('%')) return 'zone id is not a part of ipv6 address';
  const unable = (reason: string): string => `ParseAddr(${quoteGo(text)}): ${reason}`;
  const halves = text.split('::');
  if (halves.length > 2) return unable('multiple :: in address');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const hasIpv4 = last.includes('.');
  if (hasIpv4 && ipv4Fault(last) !== undefined)
    return unable('embedded IPv4 address must replace the final 2 fields of the address');
  const hex = hasIpv4 ? groups.slice(0, -1) : groups;
  for (const group of hex) {
    if (group === '') return unable('each colon-separated field must have at least one digit');
    if (!/^[0-9a-fA-F]+$/.test(group)) return unable('unexpected character, want colon');
    if (group.length > 4) return unable('each group must have 4 or fewer digits');
  }
  const fields = hex.length + (hasIpv4 ? 2 : 0);
  if (fields > 8) return unable('trailing garbage after address');
  if (halves.length === 1) return fields < 8 ? unable('address string too short') : undefined;
  return fields === 8 ? unable('the :: must expand to at least one field of zeros') : undefined;
}

export function hostnameFault(text: string): string | undefined {
  const host = text.replace(/\.$/, '');
  if (host.length > 253) return 'more than 253 characters long';
  for (const label of host.split('.')) {
    if (label.length < 1 || label.length > 63) return 'label must be 1 to 63 characters long';
    if (label.startsWith('-')) return 'label starts with hyphen';
    if (label.endsWith('-')) return 'label ends with hyphen';
    const wrong = /[^a-zA-Z0-9-]/u.exec(label)?.[0];
    if (wrong !== undefined) return invalid(wrong);
  }
  return undefined;
}

export function emailFault(text: string): string | undefined {
  if (text.length > 254) return 'more than 255 characters long';
  const at = text.lastIndexOf('@');
  if (at < 0) return 'missing @';
  return localFault(text.slice(0, at)) ?? domainFault(text.slice(at + 1));
}

function localFault(local: string): string | undefined {
  if (local.length > 64) return 'local part more than 64 characters long';
  if (/^".*"$/s.test(local)) {
    const isEscaped = /[\\"]/.test(local.slice(1, -1));
    return isEscaped ? 'backslash and quote are not allowed within quoted local part' : undefined;
  }
  if (local.startsWith('.')) return 'starts with dot';
  if (local.endsWith('.')) return 'ends with dot';
  if (local.includes('..')) return 'consecutive dots';
  const wrong = /[^a-zA-Z0-9.!#$%&'*+\-/=?^_`{|}~]/u.exec(local)?.[0];
  return wrong === undefined ? undefined : invalid(wrong);
}

function domainFault(domain: string): string | undefined {
  const literal = /^\[(.*)\]$/s.exec(domain)?.[1];
  if (literal === undefined) {
    const fault = hostnameFault(domain);
    return fault === undefined ? undefined : `invalid domain: ${fault}`;
  }
  const isIpv6 = literal.startsWith('IPv6:');
  const fault = isIpv6 ? ipv6Fault(literal.slice('IPv6:'.length)) : ipv4Fault(literal);
  return fault === undefined ? undefined : `invalid ${isIpv6 ? 'ipv6' : 'ipv4'} address: ${fault}`;
}

function invalid(char: string): string {
  return `invalid character ${quoteGo(char, { quote: "'" })}`;
}
