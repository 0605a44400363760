/** What a server wants to see before it answers. */
export type Challenge =
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'bearer'; readonly realm: string; readonly service: string; readonly scope: string };

/** Reads `WWW-Authenticate`; undefined when it asks for nothing that we know. A token is preferred to a password. */
export function readChallenge(header: string | readonly string[] | undefined): Challenge | undefined {
  const written = typeof header === 'string' ? [header] : (header ?? []);
  const challenges = written.flatMap((one) => challengesIn(one));
  return challenges.find(({ scheme }) => scheme === 'bearer') ?? challenges[0];
}

/** A header may hold several: each begins with a scheme that no `=` follows. */
function challengesIn(header: string): Challenge[] {
  const schemes = [...header.matchAll(/(?:^|,)\s*([A-Za-z]+)(?=\s+[\w-]+\s*=|\s*(?:,|$))/g)];
  return schemes.flatMap((match, index): Challenge[] => {
    const scheme = match[1]?.toLowerCase();
    if (scheme === 'basic') return [{ scheme }];
    if (scheme !== 'bearer') return [];
    const parameters = parametersIn(header.slice(match.index + match[0].length, schemes[index + 1]?.index));
    const value = (name: string): string => parameters.get(name) ?? '';
    if (value('realm') === '') return [];
    return [{ scheme, realm: value('realm'), service: value('service'), scope: value('scope') }];
  });
}

function parametersIn(text: string): ReadonlyMap<string, string> {
  const pairs = text.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g);
  return new Map(
    [...pairs].map(([, name = '', quoted, bare = '']) => [name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare]),
  );
}
