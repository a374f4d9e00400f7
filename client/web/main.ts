import { page } from './page.ts';

page();
