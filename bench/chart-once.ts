import { renderOurs } from '../conformance/helm/render-case.ts';

/** One process that renders one chart: what `chart.ts` sets against one process of Helm. */
const [chart = ''] = process.argv.slice(2);
process.stdout.write(renderOurs(chart, [], { set: ['ingress.enabled=true', 'autoscaling.enabled=true'] }));
