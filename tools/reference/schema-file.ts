/** Lists that fit stand on one line, as the formatter of the repository writes them. */
const LINE_WIDTH = 120;
const LIST_OF_SCALARS = /^( *.*)\[\n([^[\]{}]+?)\n *\](,?)$/gm;

/** What every schema of the specification can do. */
interface Describable {
  readonly toJSONSchema: (options: { readonly io: 'input' }) => object;
}

/** The JSON Schema of what a person may write or a command prints, for editors and validators. */
export function schemaFile(schema: Describable): string {
  const text = JSON.stringify(schema.toJSONSchema({ io: 'input' }), undefined, 2);
  const packed = text.replaceAll(LIST_OF_SCALARS, (whole, before: string, items: string, comma: string) => {
    const line = `${before}[${items.trim().replaceAll(/\n\s*/g, ' ')}]${comma}`;
    return line.length <= LINE_WIDTH ? line : whole;
  });
  return `${packed}\n`;
}
