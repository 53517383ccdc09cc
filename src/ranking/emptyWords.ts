/** Words of every paper: no label alone, and no label together. */
export const EMPTY_WORDS = new Set(
  (
    'ability able amount baseline derive derived paradigm billion million feasible future hope find standard percent percentage between block build building compound downstream fail natural smaller usage abstract accuracy achieve achieved across address additional advance aim allow analysis analyze ' +
    'application apply approach architecture available base baseline benchmark better case challenge challenging ' +
    'code common compact compare comparable component comprehensive computational compute conduct consistent contribution cost ' +
    'current data dataset demonstrate design develop different directly diverse domain due each effective effectively ' +
    'effectiveness efficiency efficient enable end enhance ensure evaluate evaluation even existing experiment ' +
    'experimental explore extensive fast feature first five four framework fully fundamental furthermore general ' +
    'generate gain github goal good great high higher highly however huge http https impact important improve improved ' +
    'improvement improving including information input insight instead introduce investigate issue key large larger ' +
    'learn learning lead level leverage like limit limitation limited low lower made main maintain make many method ' +
    'methodology model modeling multiple need neural network new novel number observe obtain offer one only original ' +
    'other outperform output over overall paper parameter part particular per perform performance potential practical ' +
    'present previous prior problem process produce project promising property proposed propose provide quality rate recent ' +
    'recently reduce reduction related rely remain report require requirement research result reveal robust same score ' +
    'second set setting several show significant significantly similar simple single small solution specific ' +
    'state step still strategy strong structure study substantial such superior support system task technique term ' +
    'test three through time train training traditional two type understand understanding unique url use used useful using ' +
    'various version via way well wide widely within without work world yet art real scale while both among towards toward'
  ).split(' '),
);
