import { said } from './wording.ts'

/** The restore page of Windows Backup for Organizations. That it is there is documented, and what it says of a refusal; the rest is not. */
export const RESTORE = {
  title: said('Restore from a previous PC', 'U', '1.11'),
  about: said('We found settings that you backed up. You can restore them, or set up this PC as new.', 'U', '1.11'),
  choice: said('Backup', 'own'),
  lastBackup: said('Last backup: {date}', 'U', '1.11'),
  restore: said('Continue', 'U', '1.11'),
  asNew: said('Set up as a new PC', 'U', '1.11'),
  restoring: said('Restoring from {device}', 'U', '1.11'),
  wait: said('Your settings and your list of Store apps are on their way.', 'U', '1.11'),
  refused: said("You don't have access to this", 'U', '1.11'),
  refusedAbout: said("Your sign-in was successful but you don't have permission to access this resource.", 'U', '1.11'),
} as const
