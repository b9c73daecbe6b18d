/** Files of what was dropped, folders walked through. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((e): e is FileSystemEntry => e !== null);
  if (!entries.length) return [...transfer.files];
  const lists = await Promise.all(entries.map(walk));
  return lists.flat();
}

async function walk(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile)
    return [
      await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed)),
    ];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) =>
      reader.readEntries(done, failed),
    );
    if (!some.length) break;
    all.push(...some); // a folder is told in portions
  }
  return (await Promise.all(all.map(walk))).flat();
}

/** Whether a file is one that systems leave behind in folders, not a paper. */
export function isLitter(name: string): boolean {
  return name.startsWith(".") || ["Thumbs.db", "desktop.ini"].includes(name);
}
