/** A rule's page: headings, lists, paragraphs and code of its Markdown, as text nodes. */
export function Prose({ text }: { text: string }) {
  return (
    <div className="prose">
      {blocksOf(text).map((block, n) => (
        <Block key={n} block={block} />
      ))}
    </div>
  );
}

interface Piece {
  kind: "heading" | "list" | "text";
  lines: string[];
}

/** Blocks are parted by empty lines; a heading and each list item stand on lines of their own. */
export function blocksOf(text: string): Piece[] {
  const blocks: Piece[] = [];
  let open = false;
  for (const line of text.split("\n").map((l) => l.trim())) {
    const kind = line.startsWith("#") ? "heading" : line.startsWith("- ") ? "list" : "text";
    const last = blocks.at(-1);
    if (!line) open = false;
    else if (open && last && last.kind === kind && kind !== "heading") last.lines.push(line);
    else {
      blocks.push({ kind, lines: [line] });
      open = true;
    }
  }
  return blocks;
}

function Block({ block }: { block: Piece }) {
  if (block.kind === "heading") return <h3>{block.lines[0].replace(/^#+\s*/, "")}</h3>;
  if (block.kind === "text") return <p>{plain(block.lines.join(" "))}</p>;
  return (
    <ul>
      {block.lines.map((line, n) => (
        <li key={n}>{plain(line.slice(2))}</li>
      ))}
    </ul>
  );
}

function plain(line: string) {
  return line
    .split("`")
    .map((piece, n) => (n % 2 ? <code key={n}>{piece}</code> : piece.replaceAll("**", "")));
}
