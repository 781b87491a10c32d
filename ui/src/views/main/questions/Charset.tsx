// In which character set a letter is read that says it wrongly. What is chosen holds for this letter until the window closes.
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { Select } from "../../../components/Select";
import { setLetterLook, useLetterLook } from "../../../state/letterLook";
import type { LetterRef } from "../../../state/letterRef";
import { CHARSETS, charsetName } from "../../../words/charsets";
import { say } from "../../../words";

export function Charset({ letter, onClose }: { letter: LetterRef; onClose: () => void }) {
  const { charset } = useLetterLook(letter);
  const choices = [
    { id: "", text: say("charset-own") },
    ...CHARSETS.map((set) => ({ id: set, text: charsetName(set) })),
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
