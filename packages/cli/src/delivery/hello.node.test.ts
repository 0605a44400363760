import { env } from 'node:process';
import { ensureImages, IMAGE_RECIPES, kubectlOn, tellDelivery, useControlPlane } from '@naru/testkit';
import { describe, expect } from 'vitest';

const controlPlane = useControlPlane('node', { images: () => ensureImages(IMAGE_RECIPES, { environment: env }) });

describe('the life of examples/hello with real pods', () => {
  tellDelivery({
    controlPlane,
    site: 'test',
    whenReady: async () => {
      const kubectl = await kubectlOn(controlPlane());
      const address = await kubectl(['-n', 'hello', 'get', 'service/hello', '-o', 'jsonpath={.spec.clusterIP}']);
      const page = await (await fetch(`http://${address}/`)).text();

      // The page is made by pods that have logged in to both, through their Services, with the generated passwords.
      expect(page).toMatch(/<h1>(?:Hello from Naru|Another title)<\/h1>/);
      expect(page).toMatch(/PostgreSQL 15\.\d+ .*, logged in to hello as hello/);
      expect(page).toMatch(/PING answered with PONG/);
    },
  });
});
