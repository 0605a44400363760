export { type CapturedRun, runCaptured } from './captured-naru.ts';
export { abandonControlPlane, type Abandoned } from './abandon.ts';
export { type KilledApiServer, useApiServerKiller } from './api-server.ts';
export { locateTool, useControlPlane, type FixtureOptions } from './control-plane.ts';
export { kubectlOn, type Kubectl } from './kubectl.ts';
export { eventually, processesNaming } from './traces.ts';
export { ImagesUnavailable } from './images/debian-root.ts';
export { ensureImages, type EnsureImagesOptions } from './images/ensure-images.ts';
export { imageReference, type ImageConfig, type ImageRecipe } from './images/image-recipe.ts';
export { IMAGE_RECIPES } from './images/recipes.ts';
export { useScratch, type KubeconfigParts, type Scratch } from './kubeconfig.ts';
export { REGISTRY_SERVICE, REGISTRY_USER, useRegistry, type RegistryOptions } from './registry.ts';
export {
  filesIn,
  hangUp,
  json,
  refusal,
  useLocalServer,
  type Answer,
  type LocalServer,
  type SeenRequest,
} from './local-server.ts';
export { clusterContents } from './cluster-contents.ts';
export { tellDelivery, type StoryOptions } from './delivery-story.ts';
export { naru, startNaru, succeeded, type NaruOptions, type NaruProcess, type NaruRun } from './naru.ts';
