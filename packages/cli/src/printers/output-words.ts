import { z } from 'zod';

/** The words that the outputs of several commands are made of. */
export const Code = z
  .string()
  .regex(/^[A-Z_]+$/)
  .describe('Code of the error table.');
export const Key = z.string().describe('Object: `Kind.group/namespace/name`.');
export const Component = z.string().describe('Component; `(namespaces)` stands for the namespaces that Naru adds.');
export const Action = z.enum(['create', 'update', 'keep', 'delete', 'retain']);
export const Reason = z.enum([
  'missing',
  'changed',
  'drifted',
  'unchanged',
  'shared',
  'removed',
  'data',
  'occupied',
  'unrecorded',
]);
export const Word = z.enum(['Current', 'InProgress', 'Failed', 'Terminating', 'NotFound', 'Unknown']);
export const Count = z.int().min(0);

export const Place = z.strictObject({ file: z.string(), line: z.int().min(1), column: z.int().min(1) });

export const StatusReason = z.union([
  z.strictObject({
    code: z.enum(['ready', 'absent', 'deleting', 'unobserved', 'unreported', 'revising', 'unbound', 'no-address']),
  }),
  z.strictObject({
    code: z.literal('replicas'),
    of: z.enum(['created', 'updated', 'ready', 'available', 'scheduled', 'terminating']),
    have: Count,
    want: Count,
  }),
  z.strictObject({ code: z.literal('job'), active: Count, succeeded: Count, failed: Count }),
  z.strictObject({ code: z.literal('told'), text: z.string() }).describe('In the words of the controller.'),
]);
