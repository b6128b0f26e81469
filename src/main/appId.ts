/** Identity of the program to the operating system: task bar and notifications of Windows, bundle of macOS, desktop entry of Linux. Installers upgrade by it: it never changes. */
export const appId = 'de.ews-setup.app'
