import { type Action, NAMESPACES, type Plan, type Step } from '@naru/core';
import type { Context } from '../context.ts';
import { fieldChangeText } from './field-change.ts';
import type { PlanOutput } from './output.ts';
import { plainLine } from './plain.ts';
import { pad, widest } from './table.ts';

const SIGNS: Readonly<Record<Action, string>> = { create: '+', update: '~', keep: ' ', delete: '-', retain: '=' };

/** What would change and why, by component, with risks and field changes. What stays as it is is only counted. */
export function planText(plan: Plan, context: Context): string {
  const { messages, paint } = context;
  const version = plan.version === undefined ? undefined : plainLine(plan.version);
  const head = paint.bold(messages.planHead(plainLine(plan.platform), version, plainLine(plan.site)));
  const groups = [...plan.installs, ...plan.removals].flatMap(({ component, steps }) => {
    const shown = steps.filter(({ action }) => action !== 'keep');
    return shown.length === 0
      ? []
      : [`${componentTitle(component, context)}\n${shown.map((step) => stepText(step, context)).join('')}`];
  });
  const counts = countActions(plan);
  const changes = counts.create + counts.update + counts.delete;
  const end = changes === 0 ? messages.planNothing : messages.planSummary(counts);
  return [`${head}\n`, ...groups, `${end}\n`].join('\n');
}

export function componentTitle(component: string, { messages }: Context): string {
  return component === NAMESPACES ? messages.namespaces : plainLine(component);
}

export function countActions(plan: Plan): Readonly<Record<Action, number>> {
  const counts: Record<Action, number> = { create: 0, update: 0, keep: 0, delete: 0, retain: 0 };
  for (const { steps } of [...plan.installs, ...plan.removals]) for (const { action } of steps) counts[action] += 1;
  return counts;
}

function stepText(step: Step, context: Context): string {
  const { messages, paint } = context;
  const colour = { create: paint.green, update: paint.yellow, delete: paint.red, keep: paint.dim, retain: paint.dim }[
    step.action
  ];
  const action = pad(messages.actions[step.action], widest(Object.values(messages.actions)));
  const reason =
    step.reason === 'missing' || step.reason === 'removed' ? '' : `  ${paint.dim(messages.reasons[step.reason])}`;
  const risks = step.risks.map((risk) => `  ${paint.red(messages.risks[risk])}`).join('');
  const line = `  ${colour(`${SIGNS[step.action]} ${action}`)}  ${plainLine(step.key)}${reason}${risks}\n`;
  return line + step.changes.map((change) => fieldChangeText(change, context)).join('');
}

/** The plan as data. Manifests are left out: they hold secrets. */
export function planJson(plan: Plan): PlanOutput {
  const { platform, version, site, revision } = plan;
  const steps = [...plan.installs, ...plan.removals].flatMap((component) => component.steps);
  return {
    platform,
    ...(version === undefined ? {} : { version }),
    site,
    revision,
    summary: countActions(plan),
    steps: steps.map(({ action, key, component, reason, risks, changes }) => ({
      action,
      key,
      component,
      reason,
      risks,
      changes,
    })),
  };
}
