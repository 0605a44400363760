import { tellDelivery, useControlPlane } from '@naru/testkit';
import { describe } from 'vitest';

describe('the life of examples/hello with working controllers', () => {
  tellDelivery({ controlPlane: useControlPlane('controllers'), site: 'dev' });
});
