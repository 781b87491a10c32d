-- Letters from before subjects were noted are looked through behind the scenes, from the newest one down.
INSERT INTO setting (name, value)
SELECT 'subjects.to_look_through', id FROM (SELECT max(id) AS id FROM email) WHERE id IS NOT NULL;
