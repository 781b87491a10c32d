-- What is indexed is folded otherwise (docs/adr/0063), and whom answers go to and what stands in attached letters is found: each
-- line is written anew, behind the scenes. Until then the older one is searched, which stands in the volume of its time.
INSERT INTO unindexed (email_id, volume, whole)
SELECT id, (SELECT volume.id FROM volume WHERE since <= received_at ORDER BY since DESC LIMIT 1), has_body
FROM email WHERE true ON CONFLICT (email_id) DO NOTHING;
