import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { NaruError } from '@naru/core';
import type { Environment } from '../kube/target.ts';
import { fileFault } from '../load/read-text.ts';

/** Where Helm keeps what it was told. */
export function helmFolder({ HELM_CONFIG_HOME, XDG_CONFIG_HOME, HOME = homedir() }: Environment): string {
  return HELM_CONFIG_HOME ?? join(XDG_CONFIG_HOME ?? join(HOME, '.config'), 'helm');
}

/**
 * The content of a file that another tool keeps; undefined when there is none. Throws `CHART_SERVER_MATERIAL_UNUSABLE`, which
 * repeats nothing of what is in it.
 */
export async function readKept(file: string, language: string, parse: (text: string) => unknown): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = fileFault(error);
    if (['ENOENT', 'ENOTDIR'].includes(reason)) return undefined;
    throw new NaruError('CHART_SERVER_MATERIAL_UNUSABLE', { file, reason }, { cause: error });
  }
  try {
    return parse(text);
  } catch {
    // What the parser says may repeat a password.
    throw new NaruError('CHART_SERVER_MATERIAL_UNUSABLE', { file, reason: `it is not ${language}` });
  }
}
