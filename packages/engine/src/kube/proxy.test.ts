import { describe, expect, it } from 'vitest';
import type { ClusterEntry } from './kubeconfig-file.ts';
import { proxyFor } from './proxy.ts';

const PROXY = 'http://proxy:3128';

function cluster(server: string, proxyUrl?: string): ClusterEntry {
  return { server, proxyUrl, serverName: undefined, authority: undefined, insecure: false, compressed: true };
}

describe('proxyFor', () => {
  it.each([
    ['https://api.example.com', {}, undefined],
    ['https://api.example.com', { HTTPS_PROXY: PROXY }, PROXY],
    ['https://api.example.com', { https_proxy: PROXY }, PROXY],
    ['https://api.example.com', { HTTP_PROXY: PROXY }, undefined],
    ['http://api.example.com', { HTTP_PROXY: PROXY }, PROXY],
    ['https://api.example.com', { HTTPS_PROXY: 'proxy:3128' }, PROXY],
    ['https://api.example.com', { HTTPS_PROXY: '' }, undefined],
    ['https://127.0.0.1:6443', { HTTPS_PROXY: PROXY }, undefined],
    ['https://localhost:6443', { HTTPS_PROXY: PROXY }, undefined],
    ['https://[::1]:6443', { HTTPS_PROXY: PROXY }, undefined],
  ])('%s with %j goes by %s', (server, environment, expected) => {
    expect(proxyFor(cluster(server), environment)).toBe(expected);
  });

  it.each([
    ['*', 'https://api.example.com', true],
    ['example.com', 'https://api.example.com', true],
    ['example.com', 'https://example.com', true],
    ['.example.com', 'https://api.example.com', true],
    ['.example.com', 'https://example.com', false],
    ['*.example.com', 'https://api.example.com', true],
    ['ample.com', 'https://example.com', false],
    ['EXAMPLE.com', 'https://api.Example.COM', true],
    ['example.com:6443', 'https://example.com:6443', true],
    ['example.com:6443', 'https://example.com', false],
    ['example.com:443', 'https://example.com', true],
    ['10.0.0.0/8', 'https://10.1.2.3:6443', true],
    ['10.0.0.0/8', 'https://11.1.2.3:6443', false],
    ['10.0.0.0/99', 'https://10.1.2.3:6443', false],
    ['10.0.0.0/8', 'https://ten.example.com', false],
    ['10.1.2.3', 'https://10.1.2.3:6443', true],
    ['fd00::/8', 'https://[fd00::1]:6443', true],
    ['[fd00::1]', 'https://[fd00::1]:6443', true],
    ['other.org, example.com', 'https://example.com', true],
    ['', 'https://example.com', false],
    ['.', 'https://example.com', false],
  ])('NO_PROXY=%s and %s: direct is %s', (rules, server, direct) => {
    const proxy = proxyFor(cluster(server), { HTTPS_PROXY: PROXY, NO_PROXY: rules });
    expect(proxy).toBe(direct ? undefined : PROXY);
  });

  it.each(['http://', 'ftp://proxy', 'not an address'])(
    'refuses %j in the environment without repeating it',
    (value) => {
      expect(() => proxyFor(cluster('https://example.com'), { HTTPS_PROXY: value })).toThrow(
        expect.objectContaining({ code: 'PROXY_MALFORMED', details: { variable: 'HTTPS_PROXY' } }),
      );
    },
  );

  it('believes the kubeconfig above all', () => {
    const environment = { HTTPS_PROXY: PROXY, NO_PROXY: '*' };
    expect(proxyFor(cluster('https://127.0.0.1', 'socks5://own:1080'), environment)).toBe('socks5://own:1080');
  });
});
