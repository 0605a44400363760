import { type BinaryName, LEVEL_BINARIES, locateBinaries } from '@naru/engine';
import { ensureImages, IMAGE_RECIPES } from '@naru/testkit';

/**
 * Fetches or builds what the tests need besides npm packages, so that no test's time limit pays for it. What cannot be
 * had is said here, and its tests are skipped with that reason.
 */
export async function prepareMachine(): Promise<void> {
  const started = Date.now();
  const names = new Set<BinaryName>([...Object.values(LEVEL_BINARIES).flat(), 'kubectl', 'helm']);
  for (const name of names) await attempt(name, () => prepareBinary(name));
  await attempt('images', () => ensureImages(IMAGE_RECIPES, { environment: process.env }));
  console.log(`tools and images are ready (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

async function prepareBinary(name: BinaryName): Promise<void> {
  await locateBinaries({
    names: [name],
    environment: process.env,
    onProgress: (event) => {
      if (event.kind !== 'binary-ready' || event.from === 'cache') return;
      console.log(`${event.binary} ${event.version} from ${event.from} (${(event.durationMs / 1000).toFixed(0)} s)`);
    },
  });
}

async function attempt(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.log(`cannot be had: ${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
