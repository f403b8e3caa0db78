// A mutant must not be judged by what was remembered under another one.
import { forgetAll } from './conformance/contract/remember.ts';

forgetAll();
