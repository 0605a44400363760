import { answerOurs } from './answer-ours.ts';
import { Dice } from './dice.ts';
import { setQuestion } from './grammar/sets.ts';
import { callText, printfText, templateText } from './grammar/templates.ts';
import { valuesText } from './grammar/values.ts';
import { yamlText } from './grammar/yaml.ts';
import { askHelm, type Answer, type Question } from './helm-driver.ts';
import { shrink } from './shrink.ts';

export interface Difference {
  readonly question: Question;
  readonly theirs: Answer;
  readonly ours: Answer;
}

const FAMILIES = {
  template: (dice) => ({ kind: 'template', text: templateText(dice), values: valuesText(dice) }),
  call: (dice) => ({ kind: 'template', text: callText(dice), values: valuesText(dice) }),
  printf: (dice) => ({ kind: 'template', text: printfText(dice), values: valuesText(dice) }),
  set: setQuestion,
  yaml: (dice) => ({ kind: dice.chance(70) ? 'yaml' : 'values', text: yamlText(dice), values: '' }),
} satisfies Record<string, (dice: Dice) => Question>;

export type Family = keyof typeof FAMILIES;

const NO_ANSWER: Answer = { error: 'Helm died' };

/** How many of twenty cases each family gets when all are asked. */
const SHARES: readonly Family[] = (
  [
    ['template', 6],
    ['call', 8],
    ['printf', 2],
    ['set', 2],
    ['yaml', 2],
  ] as const
).flatMap(([family, share]) => Array.from({ length: share }, () => family));

/** Case number `index` of a seed; the same whatever else is asked. */
export function questionOf(seed: number, index: number, families: readonly Family[] = SHARES): Question {
  const dice = new Dice(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  return FAMILIES[dice.pick(families)](dice);
}

/** The questions that Helm and we answer differently, as they were asked. */
export async function findDifferences(driver: string, questions: readonly Question[]): Promise<Difference[]> {
  const answers = await askHelm(driver, questions);
  return questions.flatMap((question, index) => {
    const theirs = answers[index];
    const ours = answerOurs(question);
    // What kills Helm has nothing to be compared with; that we have answered at all is what is asked of us.
    if (theirs === undefined)
      return 'error' in ours && ours.error.startsWith('crashed') ? [{ question, theirs: NO_ANSWER, ours }] : [];
    return isSame(question, theirs, ours) ? [] : [{ question, theirs, ours }];
  });
}

/** The same difference in as few words as possible. */
export async function minimize(driver: string, difference: Difference): Promise<Difference> {
  const smallest = await shrink(difference.question, async (questions) => {
    const differing = new Set((await findDifferences(driver, questions)).map(({ question }) => question));
    return questions.map((question) => differing.has(question));
  });
  const [found] = await findDifferences(driver, [smallest]);
  return found ?? difference;
}

/** How Go prints a pointer inside a map: where it happens to lie in memory. */
const ADDRESS = /0x[0-9a-f]{9,}/;

function isSame({ kind }: Question, theirs: Answer, ours: Answer): boolean {
  if ('output' in theirs) return ADDRESS.test(theirs.output) || ('output' in ours && theirs.output === ours.output);
  if ('output' in ours || ours.error.startsWith('crashed')) return false;
  // Which of several faults of a YAML text is named first, and where, is the parser's own affair.
  return kind === 'yaml' || kind === 'values' || theirs.error === ours.error;
}
