/** Cases of Go's own tables that say nothing of us, each with the reason. A pattern is tried on the case's input. */
export type SkipTable = readonly (readonly [pattern: RegExp, reason: string])[];

const COMPLEX: SkipTable[number] = [/\d[i]\b/, 'has a complex number, which no chart writes'];

export const SKIPPED_EXECUTIONS: SkipTable = [
  COMPLEX,
  [/Method|MAdd|MyError|GetU|Copy|Tmpl|Str\b|Err\b|Func|TrueFalse/, 'calls a method or a function of a Go struct'],
  [/Empty|\.V[0-2]|\.W[0-2]|\.U?P[IS]|\.NIL/, 'reads a Go pointer or an interface with methods'],
  [/\.(AI|PAI|SICap|MXI|MII|MU?I\d+S|SMSI|SI|SB)\b/, 'reads an array, or a map with keys or values of other types'],
  [/index \.MSI `/, 'reads a map of integers, where what is missing is zero'],
  [/\{\{slice \.S/, "is sprig's `slice` in Helm, which takes lists alone"],
  [/unexported|\.U16/, 'reads a field that only a Go struct has'],
  [
    /\b(count|zeroArgs|twoArgs|dddArg|makemap|mapOfThree|stringer|vfunc|valueString|returnInt|oneArg|die|echo|add)\b/,
    'calls a function of the test',
  ],
];

export const SKIPPED_COMPARISONS: SkipTable = [COMPLEX, [/\.[A-Z]/, 'reads a field of a Go struct']];

export const SKIPPED_PARSING: SkipTable = [
  COMPLEX,
  [/contains/, 'calls a function of the test'],
  [/\(\(\(\(/, 'is refused because the test lowers the limit of nesting'],
];

export const SKIPPED_FORMATS: SkipTable = [[/%[^a-zA-Z]*[pT]/, 'prints an address or a type']];
