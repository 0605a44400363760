/** Everything that the command line knows of the world around it; `bin.ts` makes the real one, tests make their own. */
export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Data: standard output. */
  readonly print: (text: string) => void;
  /** Everything else: standard error. */
  readonly tell: (text: string) => void;
  /** Whether a person watches standard error. */
  readonly isTerminal: boolean;
  /** Size of that terminal; asked again for every picture, since people resize. */
  readonly columns: number;
  readonly rows: number;
  readonly hasColor: boolean;
  /** Aborted by the first Ctrl-C; the second ends the process. */
  readonly interrupt: AbortSignal;
  /** Folder of the components that come with Naru. */
  readonly catalogFolder: string;
  /** Asks a person; undefined when there is none to ask. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Everything that standard input holds. */
  readonly readInput: () => Promise<string>;
  /** Names this process to others who want to deliver the same platform. */
  readonly holder: string;
}
