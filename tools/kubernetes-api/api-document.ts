/** What is read of an OpenAPI document of Kubernetes. */
export interface ApiDocument {
  readonly paths?: Readonly<Record<string, { readonly post?: ApiOperation }>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, ApiSchema>> };
}

export interface ApiOperation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: ApiSchema }>> };
  readonly 'x-kubernetes-group-version-kind'?: {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  };
}

export interface ApiSchema {
  readonly type?: string;
  readonly $ref?: string;
  readonly allOf?: readonly ApiSchema[];
  readonly items?: ApiSchema;
  readonly additionalProperties?: ApiSchema;
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}
