/** English words about files that reach the window from outside: dropped, opened in the menu, handed over by the system. */
export const arrivals = {
  dropping: 'Drop the file to open it. Nothing is changed by that.',
  opened: '{name} was opened in “{section}”.',
  others: {
    one: 'One file at a time: one other was left.',
    other: 'One file at a time: {count} others were left.',
  },
  dismiss: 'Close this message',
  /** Why a file is not there. */
  troubles: {
    address:
      '{name} was not opened: it is an address and no file. EWS Setup opens files of this computer and no addresses.',
    'network-path':
      '{name} was not opened: it lies on another computer or is a device. Copy the file to this computer and open it there.',
    'not-a-file': '{name} was not opened: it is no ordinary file, but a folder, a link, a device or a part of a file.',
    ending:
      '{name} was not opened: EWS Setup opens files that end in .json, .age, .xml, .csv, .txt, .log, .http, .pem, .crt or .cer.',
    missing: '{name} was not found. It may have been moved or deleted.',
    unreadable: '{name} cannot be read. It may be locked, or your account may not open it.',
    'too-large': '{name} is too large. Configurations and evidence are smaller than 20 MB.',
    empty: '{name} is empty.',
    unknown:
      '{name} was not recognised. Understood are configurations, also encrypted ones, lists of mailboxes, saved evidence, answers of Exchange, of Autodiscover and of the login service, and PEM certificates.',
    'not-saved': '{name} was not saved. Check whether the disk is full and whether you may write into the folder.',
    unanswered:
      '{name} could not be opened, because the program did not answer. Close the window and start EWS Setup anew.',
  },
}
