/** What the browser says of notifications of this site: `default` until the reader is asked. */
export function notificationPermission(): NotificationPermission | 'unavailable' {
  return 'Notification' in globalThis ? Notification.permission : 'unavailable';
}

/** Asks the reader; for a press of theirs, since browsers answer no to anything else. */
export async function askForNotifications(): Promise<NotificationPermission | 'unavailable'> {
  if (!('Notification' in globalThis)) return 'unavailable';
  return Notification.requestPermission();
}

export interface Told {
  readonly title: string;
  readonly body: string;
  /** One of the same tag takes the place of another, of other tabs too. */
  readonly tag: string;
  /** Address of a picture. */
  readonly icon: string;
}

/** Shows one. A phone's browser lets only the service worker do it; a press then opens the site by itself. */
export async function showNotification({ title, ...rest }: Told, onPress: () => void): Promise<void> {
  try {
    const shown = new Notification(title, rest);
    shown.onclick = () => {
      window.focus();
      onPress();
      shown.close();
    };
  } catch {
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.showNotification(title, rest);
  }
}
