// Files of the letters in memory, made byte by byte: two pages as a PDF, one that is never drawn, and a second of silence.

import type { PiecesView } from "../backend";

/** A PDF of two pages, each with a line of words. The font is not in it, as often. */
export function pages(name: string): string {
  const page = (number: number) => {
    const drawn = `BT /F1 24 Tf 60 700 Td (Page ${number} of ${name}) Tj ET 0.06 0.42 0.4 rg 60 400 475 240 re f`;
    return [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${number * 2 + 3} 0 R >>`,
      `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    ];
  };
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
    "<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...page(1),
    ...page(2),
  ];
  return pdf(objects);
}

/** A PDF of one page that draws a form which draws twenty others, and so on: nobody lives to see it drawn. */
export function endless(): string {
  const depth = 12;
  const form = (number: number) => {
    const drawn = number === depth ? "0 0 1 1 re f" : "/F Do ".repeat(20);
    const next = number === depth ? "" : ` /Resources << /XObject << /F ${number + 6} 0 R >> >>`;
    return `<< /Type /XObject /Subtype /Form /BBox [0 0 9 9]${next} /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`;
  };
  const drawn = "/F Do";
  return pdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Resources << /XObject << /F 5 0 R >> >> /Contents 4 0 R >>",
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    ...Array.from({ length: depth + 1 }, (_, number) => form(number)),
  ]);
}

/** The objects of a PDF, numbered from one, in a file. */
function pdf(objects: string[]): string {
  let file = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  return `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}

/** A second of silence as a WAV file: 8,000 samples of 8 bits. */
export function silence(): string {
  const number = (value: number, bytes: number) =>
    Array.from({ length: bytes }, (_, index) => String.fromCharCode((value >> (8 * index)) & 255)).join("");
  const samples = 8_000;
  const head = `WAVEfmt ${number(16, 4)}${number(1, 2)}${number(1, 2)}${number(samples, 4)}${number(samples, 4)}${number(1, 2)}${number(8, 2)}`;
  return `RIFF${number(36 + samples, 4)}${head}data${number(samples, 4)}${"\u0080".repeat(samples)}`;
}

/** A file at an address of its own, as the shell has it in pieces. */
export function inPieces(octets: string): PiecesView {
  const half = Math.ceil(octets.length / 2);
  const address = (piece: string) => `data:application/octet-stream;base64,${btoa(piece)}`;
  return { pieces: [octets.slice(0, half), octets.slice(half)].map(address), size: octets.length };
}
