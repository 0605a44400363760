import { isRecord, type Manifest } from '../object/manifest.ts';

/** Where the pod specification stands in each kind of Kubernetes that has one. */
const POD_SPECS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

const CONTAINER_LISTS = ['initContainers', 'containers', 'ephemeralContainers'];

/** One image reference in a manifest, and where it stands. */
export interface ImageUse {
  readonly image: string;
  readonly path: readonly (string | number)[];
  /** What stands before the image in the same text. */
  readonly before?: string;
}

/** The pods that a manifest makes: their labels and specification, and where that stands, as in `spec.template.spec`. */
export interface PodTemplate {
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly path: string;
}

/** Undefined for what makes no pods. */
export function podTemplateOf(manifest: Manifest): PodTemplate | undefined {
  const path = POD_SPECS[manifest.kind];
  const holder = path === undefined ? undefined : valueAt(manifest, path.slice(0, -1));
  if (path === undefined || !isRecord(holder) || !isRecord(holder['spec'])) return undefined;
  const { metadata, spec } = holder;
  const labels = isRecord(metadata) && isRecord(metadata['labels']) ? metadata['labels'] : {};
  const texts = Object.entries(labels).map(([key, value]) => [key, String(value)] as const);
  return { labels: Object.fromEntries(texts), spec, path: path.join('.') };
}

function valueAt(manifest: Manifest, path: readonly string[]): unknown {
  let value: unknown = manifest;
  for (const step of path) value = isRecord(value) ? value[step] : undefined;
  return value;
}

/** Every image that the pods of a manifest run: init and ephemeral containers and image volumes included. */
export function imagesOf(manifest: Manifest): readonly ImageUse[] {
  const base = POD_SPECS[manifest.kind];
  if (base === undefined) return [];
  const spec = valueAt(manifest, base);
  if (!isRecord(spec)) return [];
  const podSpec = spec;
  const containers = CONTAINER_LISTS.flatMap((list) =>
    usesIn(podSpec[list], [...base, list], (item) => item['image'], ['image']),
  );
  const volumes = usesIn(
    podSpec['volumes'],
    [...base, 'volumes'],
    (item) => (isRecord(item['image']) ? item['image']['reference'] : undefined),
    ['image', 'reference'],
  );
  return [...containers, ...volumes];
}

function usesIn(
  list: unknown,
  path: readonly string[],
  imageOf: (item: Readonly<Record<string, unknown>>) => unknown,
  tail: readonly string[],
): readonly ImageUse[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) => {
    const image = isRecord(item) ? imageOf(item) : undefined;
    return typeof image === 'string' && image !== '' ? [{ image, path: [...path, index, ...tail] }] : [];
  });
}

/** The manifest with what stands at the places of some images replaced by what `rewrite` answers. */
export function mapImages(
  manifest: Manifest,
  uses: readonly ImageUse[],
  rewrite: (image: string) => string,
): { readonly manifest: Manifest; readonly images: readonly ImageUse[] } {
  let mapped = manifest;
  const images = uses.map((use) => {
    const image = rewrite(use.image);
    if (image !== use.image) mapped = withValue(mapped, use.path, `${use.before ?? ''}${image}`) as Manifest;
    return { ...use, image };
  });
  return { manifest: mapped, images };
}

/** The manifest with the specification of its pods changed; what makes no pods stays as it is. */
export function mapPodSpec(
  manifest: Manifest,
  change: (spec: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): Manifest {
  const path = POD_SPECS[manifest.kind];
  const spec = path === undefined ? undefined : valueAt(manifest, path);
  if (path === undefined || !isRecord(spec)) return manifest;
  const changed = change(spec);
  return changed === spec ? manifest : (withValue(manifest, path, changed) as Manifest);
}

function withValue(node: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(node))
    return node.map((item: unknown, index) => (index === step ? withValue(item, rest, value) : item));
  return isRecord(node) ? { ...node, [step]: withValue(node[step], rest, value) } : node;
}
