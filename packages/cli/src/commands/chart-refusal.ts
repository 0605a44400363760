import type { ChartError } from '@naru/chart';
import { findingOf, NaruError, Refusal } from '@naru/core';

/** What the chart engine refuses, as errors of ours; `chart` is what the person named. */
export function chartRefusal(chart: string, error: ChartError): NaruError | Refusal {
  if (error.others.length === 0) return refusalOf(chart, error);
  return new Refusal([error, ...error.others].map((one) => findingOf(refusalOf(chart, one))));
}

function refusalOf(chart: string, error: ChartError): NaruError {
  const { place } = error;
  const details = {
    component: chart,
    messageEn: error.messageIn('en'),
    messageKo: error.messageIn('ko'),
    remedyEn: error.remedyIn('en'),
    remedyKo: error.remedyIn('ko'),
  };
  return new NaruError('CHART_REFUSED', details, { place, cause: error });
}
