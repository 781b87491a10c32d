// What is in the archives of letters in memory: it goes by what they are called.
import type { ArchiveContentsView, CautionView, DangerView, PackedFileView } from "../backend";

export interface Looked {
  contents: ArchiveContentsView;
  caution: CautionView;
}

/** `dangers` are those of the archive's own name. */
export function inArchive(name: string, dangers: DangerView[]): Looked {
  const files = filesOf(name);
  const closed = /\.(7z|rar)$/u.test(name);
  const harmful = files.filter((file) => file.dangers.length > 0).map((file) => file.name);
  const found: DangerView[] = [
    ...dangers,
    ...(harmful.length > 0 ? (["packed"] as const) : []),
    ...(files.some((file) => file.locked) ? (["locked"] as const) : []),
    ...(closed ? (["closed"] as const) : []),
  ];
  return {
    contents: { files, count: files.length, closed },
    caution: { dangers: found, harmful: harmful.slice(0, 5), unopened: false },
  };
}

function filesOf(name: string): PackedFileView[] {
  const file = (packed: string, size: number, more: Partial<PackedFileView> = {}): PackedFileView => ({
    name: packed,
    size,
    locked: false,
    dangers: [],
    ...more,
  });
  if (/\.(7z|rar)$/u.test(name)) return [];
  if (name.startsWith("locked")) return [file("plan.pdf", 90_000, { locked: true })];
  if (name.startsWith("bills"))
    return [
      file("read me.txt", 900),
      file("papers/invoice.pdf .exe", 410_000, { dangers: ["program", "disguised"] }),
    ];
  return [file("one.jpg", 2_400_000), file("two.jpg", 2_100_000)];
}
