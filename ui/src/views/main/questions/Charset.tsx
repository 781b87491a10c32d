// In which character set a letter is read that says it wrongly. What is chosen holds for this letter until the window closes.
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { Select } from "../../../components/Select";
import { setLetterLook, useLetterLook } from "../../../state/letterLook";
import type { LetterRef } from "../../../state/letterRef";
import { say } from "../../../words";

const SETS = [
  "utf-8",
  "windows-1252",
  "windows-1250",
  "iso-8859-2",
  "windows-1251",
  "koi8-r",
  "ibm866",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "shift_jis",
  "euc-jp",
  "iso-2022-jp",
  "gb18030",
  "big5",
  "euc-kr",
  "macintosh",
] as const;

export function Charset({ letter, onClose }: { letter: LetterRef; onClose: () => void }) {
  const { charset } = useLetterLook(letter);
  const choices = [
    { id: "", text: say("charset-own") },
    ...SETS.map((set) => ({ id: set, text: say(`charset-${set.replace("_", "-")}`) })),
  ];
  return (
    <Dialog title={say("letter-charset")} onClose={onClose}>
      <p>{say("charset-more")}</p>
      <Select
        label={say("charset-label")}
        choices={choices}
        value={charset ?? ""}
        onChange={(set) => setLetterLook(letter, { charset: set === "" ? null : set })}
      />
      <DialogFoot>
        <Button kind="primary" onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
