import { said } from './wording.ts'

/** Pages of the consumer way behind the privacy settings. That they are there is documented, what they say is not. */
export const OFFERS = {
  experience: said("Let's customize your experience", 'U', '1.1'),
  experienceAbout: said('Choose what you use this device for. Windows then suggests tools and services.', 'U', '1.1'),
  experienceChoice: said('Use', 'own'),
  entertainment: said('Entertainment', 'U', '1.1'),
  gaming: said('Gaming', 'U', '1.1'),
  school: said('School', 'U', '1.1'),
  creativity: said('Creativity', 'U', '1.1'),
  business: said('Business', 'U', '1.1'),
  family: said('Family', 'U', '1.1'),
  backup: said('Back up your files with OneDrive', 'U', '1.1'),
  backupAbout: said('Desktop, Documents and Pictures are saved to OneDrive.', 'U', '1.1'),
  noBackup: said('Only save files to this PC', 'U', '1.1'),
  trial: said('Try Microsoft 365', 'U', '1.1'),
  trialAbout: said('Your device comes with a trial of Microsoft 365.', 'U', '1.1'),
  noTrial: said('No, thanks', 'U', '1.1'),
  takeTrial: said('Try it', 'U', '1.1'),
  registration: said('Register your device', 'U', '1.1'),
  registrationAbout: said('The manufacturer asks for your contact information.', 'U', '1.1'),
} as const
