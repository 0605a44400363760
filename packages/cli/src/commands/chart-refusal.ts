import type { ChartError } from '@naru/chart';
import { NaruError } from '@naru/core';

/** What the chart engine refuses, as an error of ours; `chart` is what the person named. */
export function chartRefusal(chart: string, error: ChartError): NaruError {
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
