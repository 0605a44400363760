import { ChartError } from '@naru/chart';
import { NaruError, type Place } from '@naru/core';

/** Does something with a chart. What the chart engine refuses becomes `CHART_REFUSED`; `name` says which chart it was. */
export function withChart<T>(name: string, place: Place | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    const details = {
      component: name,
      messageEn: error.messageIn('en'),
      messageKo: error.messageIn('ko'),
      remedyEn: error.remedyIn('en'),
      remedyKo: error.remedyIn('ko'),
    };
    throw new NaruError('CHART_REFUSED', details, { place, cause: error });
  }
}
