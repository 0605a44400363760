/** Who asks, at this moment. */
export interface Identity {
  readonly token?: string | undefined;
  readonly basic?: { readonly username: string; readonly password: string } | undefined;
  readonly certificate?: string | Buffer | undefined;
  readonly key?: string | Buffer | undefined;
}

export interface Credential {
  /** Fresh enough to be shown; what must be fetched for that is fetched once for all who wait. */
  current(signal: AbortSignal | undefined): Promise<Identity>;
  /** Forgets `refused`, which the server did not accept. `false` when there is no way to another one. */
  renew(refused: Identity): boolean;
}
