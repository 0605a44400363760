import type { PathNode, SiteTemplate } from './path-node.ts';

/** What one execution of a template wrote, and how each part of it came about. */
export interface Written {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** A range of a text that one statement of a template wrote. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly template: SiteTemplate;
  /** Where the statement stands in the template's text. */
  readonly position: number;
  /** Whether the range is text of the template itself. */
  readonly isText: boolean;
  /** What stands in the range, when templates that it executed wrote that. */
  readonly written: string | undefined;
  /** What was read for it, what the templates that it executed read included. */
  readonly reads: readonly PathNode[];
  /** What the templates that it executed wrote; functions may have changed that before it came here. */
  readonly parts: readonly Written[];
}

/** A moment of a render: what is read and written from here on belongs to what begins here. */
export interface Mark {
  readonly reads: number;
  readonly parts: number;
}

/** An execution of a template, as far as this matters here. */
interface Execution {
  readonly template: SiteTemplate;
  readonly output: string;
  readonly segments: Segment[];
}

/** Keeps, for one render, which values were read for which range of the output. */
export class OriginRecorder {
  /** The outputs of files, by their template. */
  readonly files = new Map<string, Written>();
  #reads: PathNode[] = [];
  #parts: Written[] = [];

  /** A value was read, or what had been kept of it was used. */
  read(nodes: readonly PathNode[]): void {
    for (const node of nodes) this.#reads.push(node);
  }

  mark(): Mark {
    return { reads: this.#reads.length, parts: this.#parts.length };
  }

  /** What was read since `mark`. */
  since(mark: Mark): readonly PathNode[] {
    return [...new Set(this.#reads.slice(mark.reads))];
  }

  /** Forgets what was read since `mark`: it decided something and went nowhere. */
  forget(mark: Mark): void {
    this.#reads.length = mark.reads;
    this.#parts.length = mark.parts;
  }

  /** An execution that a template asked for has ended. */
  executed(execution: Execution): void {
    this.#parts.push({ text: execution.output, segments: execution.segments });
  }

  /** A statement has written from `start` on what it got together since `mark`; without one it wrote its own text. */
  wrote(execution: Execution, start: number, position: number, mark: Mark | undefined): void {
    const { template, output, segments } = execution;
    const place = { start, end: output.length, template, position };
    if (mark === undefined) segments.push({ ...place, isText: true, written: undefined, reads: [], parts: [] });
    else {
      const parts = this.#parts.slice(mark.parts);
      const written = parts.length === 0 ? undefined : output.slice(start);
      segments.push({ ...place, isText: false, written, reads: this.since(mark), parts });
      this.#parts.length = mark.parts;
    }
  }

  /** A file has been executed. */
  finished(name: string, { output, segments }: Execution): void {
    this.files.set(name, { text: output, segments });
    this.forget({ reads: 0, parts: 0 });
  }
}
