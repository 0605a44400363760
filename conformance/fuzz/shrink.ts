import type { Question } from './helm-driver.ts';

/** Whether each of the questions still shows the difference. */
export type StillDiffers = (questions: readonly Question[]) => Promise<readonly boolean[]>;

interface Stage {
  readonly field: 'text' | 'values';
  /** The parts that are left out one after another, many at once at first. */
  readonly parts: RegExp;
  readonly isSound: (text: string) => boolean;
}

const STAGES: readonly Stage[] = [
  {
    field: 'text',
    parts: /\{\{-?|-?\}\}|"(?:\\.|[^"\\])*"|`[^`]*`|\$?\.?[\w.]+|\s+|[^]/gu,
    isSound: () => true,
  },
  {
    field: 'values',
    parts:
      /"(?:\\.|[^"\\])*": (?:"(?:\\.|[^"\\])*"|[\w.+-]+|\[\]|\{\}),? ?|"(?:\\.|[^"\\])*": |"(?:\\.|[^"\\])*",? ?|[\w.+-]+,? ?|[^]/gu,
    isSound: isJson,
  },
  { field: 'text', parts: /[^]/gu, isSound: () => true },
];

/** The smallest question that still shows a difference and comes from `question` by leaving parts out. */
export async function shrink(question: Question, stillDiffers: StillDiffers): Promise<Question> {
  let smallest = question;
  for (const stage of STAGES) smallest = await shrinkBy(stage, smallest, stillDiffers);
  return smallest;
}

async function shrinkBy(stage: Stage, question: Question, stillDiffers: StillDiffers): Promise<Question> {
  let parts: readonly string[] = question[stage.field].match(stage.parts) ?? [];
  let width = Math.max(1, parts.length >> 1);
  for (;;) {
    const candidates = leavingOut(parts, width).filter((candidate) => stage.isSound(candidate.join('')));
    const questions = candidates.map((candidate) => ({ ...question, [stage.field]: candidate.join('') }));
    const found = (await stillDiffers(questions)).indexOf(true);
    if (found >= 0) parts = candidates[found] ?? parts;
    else if (width === 1) return { ...question, [stage.field]: parts.join('') };
    else width = Math.max(1, width >> 1);
  }
}

function leavingOut(parts: readonly string[], width: number): string[][] {
  const starts = Array.from({ length: Math.ceil(parts.length / width) }, (_, i) => i * width);
  return starts.map((start) => parts.toSpliced(start, width));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
