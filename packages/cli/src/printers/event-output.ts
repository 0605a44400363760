import { z } from 'zod';
import { Action, Code, Component, Count, Key, Reason, StatusReason, Word } from './output-words.ts';

const Failure = z.strictObject({ code: Code, message: z.string(), remedy: z.string() });

const DeliveryEvent = z.union([
  z.strictObject({
    type: z.literal('delivery-started'),
    platform: z.string(),
    site: z.string(),
    components: z.array(Component).readonly(),
    steps: Count,
  }),
  z.strictObject({ type: z.literal('held'), platform: z.string(), holder: z.string() }),
  z.strictObject({
    type: z.literal('component'),
    component: Component,
    phase: z.enum(['waiting', 'applying', 'settling', 'removing', 'done', 'failed', 'blocked']),
    error: Failure.optional(),
  }),
  z.strictObject({ type: z.literal('step-done'), component: Component, key: Key, action: Action, reason: Reason }),
  z.strictObject({
    type: z.literal('object-waiting'),
    component: Component,
    key: Key,
    status: Word,
    reason: StatusReason,
  }),
  z.strictObject({
    type: z.literal('delivery-finished'),
    outcome: z.enum(['done', 'incomplete', 'interrupted']),
    elapsedMs: z.number().min(0),
  }),
]);
export type DeliveryEventOutput = z.infer<typeof DeliveryEvent>;

const StageEvent = z.strictObject({
  type: z.literal('stage'),
  stage: z.enum(['control-plane', 'plan', 'install', 'accept', 'status', 'idle-plan', 'delete', 'leftovers']),
  elapsedMs: z.number().min(0),
});

const RehearsedEvent = z.strictObject({
  type: z.literal('rehearsed'),
  platform: z.string(),
  site: z.string(),
  level: z.enum(['api', 'controllers', 'node']),
  kubernetesVersion: z.string(),
  objects: Count,
});
export type RehearsalEventOutput = z.infer<typeof StageEvent> | z.infer<typeof RehearsedEvent>;

export const EventOutput = z
  .union([DeliveryEvent, StageEvent, RehearsedEvent])
  .describe('One line of `naru apply`, `naru delete` or `naru rehearse` with `-o json`.');
