// Which paths belong to the API, and when two are the same.
import { expect, it } from 'vitest';
import { fineTuningPaths, isFineTuningPath, parameterNames, plainPath } from './api-path.ts';

it('prefixes, parameter names and a slash at the end do not make another path', () => {
  for (const path of ['/files/{file_id}', '/v1/files/{id}/', '/api/v1/files/{file-id}', '/openai/v1beta/files/{x}']) {
    expect(plainPath(path), path).toBe('/files/{}');
  }
});

it('a path that is nothing but a prefix stays', () => {
  expect(plainPath('/v1')).toBe('/v1');
});

it('a parameter inside a segment is part of its text', () => {
  expect(plainPath('/files/{id}.json')).toBe('/files/{id}.json');
});

it('parameters are named in order', () => {
  expect(parameterNames('/a/{one}/b/{two}')).toEqual(['one', 'two']);
});

it('jobs, graders and checkpoints belong to the API, and the files and models that it needs', () => {
  const own = ['/fine_tuning/jobs', '/v1/fine_tuning/alpha/graders/run', '/files', '/files/{a}/content', '/models/{m}'];
  const others = ['/chat/completions', '/files/{a}/other', '/models/a/b', '/fine_tuning', '/fine-tunes'];
  expect(own.filter((path) => !isFineTuningPath(path))).toEqual([]);
  expect(others.filter(isFineTuningPath)).toEqual([]);
  expect(Object.keys(fineTuningPaths({ '/chat': {}, '/files': {} }))).toEqual(['/files']);
});
