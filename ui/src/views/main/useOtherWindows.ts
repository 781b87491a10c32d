// What the windows of letters leave to the main window, whatever it shows: letters that are written, and what can be taken back.
import { useEffect } from "react";
import { compose, respond } from "../../actions/compose";
import { takeOver } from "../../actions/perform";
import { backend } from "../../ipc";
import { letterWithin } from "../../state/letterRef";

export function useOtherWindows(): void {
  useEffect(
    () =>
      backend().onHandedOver(
        ({ email, part, kind }) => void respond(part === null ? email : letterWithin(email, part), kind),
      ),
    [],
  );
  useEffect(() => backend().onHandedUndo(takeOver), []);
  useEffect(
    () =>
      backend().onLinkClicked((url) => {
        if (url.startsWith("mailto:")) void compose(null, url);
      }),
    [],
  );
}
