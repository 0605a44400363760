import { vendorDependencies, type VendoredChart } from '@naru/engine';
import type { Context } from '../context.ts';

export interface DepsFlags {
  readonly update?: true;
  readonly offline?: true;
  readonly caFile?: string;
  readonly plainHttp?: true;
}

/** Puts what a chart depends on into its `charts/`. */
export async function vendorChart(
  folder: string,
  { update, offline, caFile, plainHttp }: DepsFlags,
  { io }: Context,
): Promise<readonly VendoredChart[]> {
  return await vendorDependencies(folder, {
    environment: io.environment,
    update: update === true,
    offline: offline === true,
    caFile,
    plainHttp: plainHttp === true,
    signal: io.interrupt,
  });
}
