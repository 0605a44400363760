export { type KubernetesApi, type KubernetesApiTable, kubernetesApi } from './api/kubernetes-api.ts';
export { check } from './check/check.ts';
export { type LintedComponent, lintComponent } from './check/lint-component.ts';
export { maskCleartext, maskCleartextIn } from './check/mask-cleartext.ts';
export { type Composing, compose, type Overrides } from './compose/compose.ts';
export type { Binding, ComposedComponent, Composition } from './compose/composition.ts';
export { type Explained, explain } from './compose/explain.ts';
export { type Graph, type GraphEdge, type GraphNode, graphOf } from './compose/graph.ts';
export type { DeclaredSecret, GivenSecret } from './compose/declared-secret.ts';
export type {
  CatalogEntry,
  ComponentContent,
  ComponentSource,
  PublishedChart,
  ProfileSource,
  Sources,
  Written,
} from './compose/sources.ts';
export {
  isLeaf,
  type LayerName,
  type Leaf,
  leaf,
  type Origin,
  type Said,
  type Traced,
  trace,
  untrace,
} from './compose/traced.ts';
export { type Document, DOCUMENT_LIMIT_BYTES, type Path, readDocument } from './document/document.ts';
export { suggest } from './document/suggestion.ts';
export { type Details, type ErrorCode, ERRORS } from './error/catalogue.ts';
export { didYouMean, type ErrorDefinition, maybeMeant } from './error/definition.ts';
export type { Language } from './error/language.ts';
export { NaruError, type Place } from './error/naru-error.ts';
export { type Finding, findingOf, Refusal, refuseErrors, type Severity, sortFindings } from './finding/finding.ts';
export { canonicalJson, digestOf } from './object/canonical.ts';
export { isManifest, isRecord, type Manifest, type ObjectMeta } from './object/manifest.ts';
export { groupOf, keyOf, type ObjectIdentity, type ObjectKey, objectKey, parseObjectKey } from './object/object-key.ts';
export {
  type ClaimOrigin,
  type ClusterView,
  type DryRun,
  EMPTY_INVENTORY,
  EMPTY_VIEW,
  type Inventory,
  type InventoryEntry,
  type LiveObject,
} from './plan/cluster-view.ts';
export { MASK } from './plan/field-diff.ts';
export { dryRunsNeeded, ownershipOf } from './plan/ownership.ts';
export {
  type Action,
  type ComponentPlan,
  type FieldChange,
  type Plan,
  type Reason,
  type Risk,
  type Step,
  writes,
} from './plan/plan.ts';
export { type Planning, type PlanOptions, planPlatform } from './plan/plan-platform.ts';
export { type Compiling, compile, DEFAULT_KUBERNETES_VERSION, NAMESPACES } from './revision/compile.ts';
export { fullReference } from './revision/image-reference.ts';
export type { Kept } from './revision/kept-random.ts';
export { imagesOf } from './revision/pod-template.ts';
export type { Revision, RevisionComponent, RevisionObject } from './revision/revision.ts';
export type { ChartChoice } from './spec/chart.ts';
export { CAPABILITIES } from './spec/capability.ts';
export { Component } from './spec/component.ts';
export { API_VERSION, Platform, type SiteComponent } from './spec/platform.ts';
export { Profile } from './spec/profile.ts';
export { readSpec, type SpecReading } from './spec/read-spec.ts';
export { Site } from './spec/site.ts';
export { objectStatus } from './status/object-status.ts';
export { type ComponentReport, type ObjectReport, platformStatus } from './status/platform-status.ts';
export { type PodCause, podCause } from './status/pod-cause.ts';
export { type Status, type StatusReason, type StatusWord, status } from './status/status.ts';
export { wordCause, wordReason } from './status/wording.ts';
