import type { Dice } from '../dice.ts';

const VERBS = [...'vdsqxXobOcUeEfFgGtT%wkz!'] as const;

/** A format of `printf`: verbs with flags, widths, precisions and argument indexes between ordinary text. */
export function formatText(dice: Dice): string {
  return dice.some(1, 3, () => `${dice.pick(['', '', 'a', ' ', 'é', '|'])}${verbText(dice)}`).join('');
}

function verbText(dice: Dice): string {
  const flags = dice.chance(40) ? dice.some(1, 3, () => dice.pick([...'+-# 0'])).join('') : '';
  const width = dice.chance(35) ? dice.pick(['1', '5', '12', '*', '0', '20', '[2]*']) : '';
  const precision = dice.chance(30) ? `.${dice.pick(['', '0', '1', '2', '5', '10', '*'])}` : '';
  const index = dice.chance(6) ? dice.pick(['[1]', '[2]', '[9]', '[x]', '[', '[]']) : '';
  const verb = dice.chance(2) ? '' : dice.pick(VERBS);
  return `%${flags}${width}${precision}${index}${verb}`;
}
