// What the window shows: the first-run screen while there is no account, else the mail, with the sheets of letters being
// written over it. Everything else is decided further in.
import { useState } from "react";
import { ToastRegion } from "./components/Toast";
import { useAccountsAtRest } from "./state/queries";
import { useWindow } from "./state/window";
import { Composers } from "./views/compose/Composers";
import { MainWindow } from "./views/main/MainWindow";
import { Opening } from "./views/main/Opening";
import { useOtherWindows } from "./views/main/useOtherWindows";
import { Setup } from "./views/setup/Setup";

export function App() {
  const accounts = useAccountsAtRest();
  const adding = useWindow((state) => state.addingAccount);
  const setAdding = useWindow((state) => state.setAddingAccount);
  useOtherWindows();
  const [justAdded, setJustAdded] = useState(false);
  if (accounts.data === undefined)
    return <Opening failure={accounts.error} onRetry={() => void accounts.refetch()} />;
  const firstRun = accounts.data.length === 0 && !justAdded;
  const done = () => {
    setJustAdded(true);
    setAdding(false);
    void accounts.refetch().then(() => setJustAdded(false));
  };
  return (
    <>
      {firstRun ? (
        <Setup onDone={done} />
      ) : adding ? (
        <Setup onDone={done} onCancel={() => setAdding(false)} />
      ) : (
        <MainWindow />
      )}
      <Composers />
      <ToastRegion />
    </>
  );
}
