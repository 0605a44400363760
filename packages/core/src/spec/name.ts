import { z } from 'zod';

/** Kubernetes label values take 63 characters (k8s.io/apimachinery, validation.LabelValueMaxLength). */
export const LABEL_LIMIT = 63;

/** A DNS label as RFC 1123 has it: what Kubernetes accepts for namespaces, and we for platforms, sites and components. */
export const Name = z
  .string()
  .max(LABEL_LIMIT)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
  .describe('Lower-case letters, digits and hyphens; at most 63 characters.');
