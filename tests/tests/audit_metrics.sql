-- The figures of docs/metrics.md, from the entries in `e`: each row of `o` is one that counts (`hits`) of some (`pop`), at a time,
-- and belongs to what its entry belongs to.
CREATE INDEX code_e ON code (e);
CREATE INDEX rule_e ON rule (e);
CREATE TEMP TABLE made AS SELECT *,
    object || ' ' || record || ' ' || CASE WHEN action = 'assign' THEN object || '.owner'
                                           WHEN action = 'update_field' THEN field END AS key,
    kind IN ('change', 'correction') AND (says IS NULL OR says IN ('accepted', 'edited')) AS made FROM e;
CREATE TEMP TABLE touch AS SELECT key, at, trim(new) AS new, id FROM made WHERE key IS NOT NULL AND (
    kind = 'rollback' OR (kind = 'observed' AND actor = 'human' AND says IS NULL)
    OR (kind = 'correction' AND says IS NULL) OR (made AND actor = 'human'));
CREATE INDEX touch_key ON touch (key, at);
CREATE TEMP TABLE d AS SELECT *, says IS NULL AND verdict = 'auto' AS automatic FROM made
    WHERE made AND key IS NOT NULL AND id NOT IN (SELECT id FROM touch)
    AND (action = 'assign' OR (says IS NULL AND verdict = 'auto'));
CREATE INDEX d_key ON d (key, at);
CREATE INDEX d_id ON d (id);
CREATE INDEX e_answers ON e (answers);
CREATE TEMP TABLE fate AS SELECT d.*,
    (SELECT min(n.at) FROM d n WHERE n.key = d.key AND n.at > d.at) AS next FROM d;
CREATE TEMP TABLE breach AS SELECT object || ' ' || record || ' ' || object || '.owner' AS key, at FROM e
    WHERE trigger = 'sla_breached' AND says IS NULL AND verdict IS NOT NULL;
CREATE INDEX breach_key ON breach (key, at);
CREATE TEMP TABLE corrected AS SELECT f.*,
    coalesce(f.says = 'edited', 0)
    OR EXISTS (SELECT 1 FROM touch t WHERE t.key = f.key AND t.at > f.at
               AND t.at <= min(f.at + 14 * 86400, coalesce(f.next, 1 << 60)) AND t.new <> trim(f.new))
    OR (f.action = 'assign' AND EXISTS (SELECT 1 FROM e w WHERE w.answers IN (f.digest, f.answers)
               AND w.says = 'wrong_route' AND w.at <= f.at + 14 * 86400)) AS corrected FROM fate f;
CREATE TEMP TABLE resolved AS SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY answers ORDER BY at DESC,
        CASE says WHEN 'accepted' THEN 0 WHEN 'edited' THEN 1 ELSE 2 END DESC) AS place
    FROM e WHERE says IN ('accepted', 'edited', 'rejected')) WHERE place = 1;
CREATE TEMP TABLE rated AS SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY answers ORDER BY at DESC, says = 'handoff_useful' DESC) AS place
    FROM e WHERE says IN ('handoff_useful', 'handoff_useless')) WHERE place = 1;
CREATE TEMP TABLE task AS SELECT t.*, t.due < (SELECT max(at) + 1 FROM e) AS over,
    (SELECT min(a.at) FROM e a WHERE a.says = 'task_done' AND a.answers IN (t.digest, t.answers)) AS finished
    FROM made t WHERE made AND action = 'create_task';
CREATE TEMP TABLE member (pool, owner, weight INT);
INSERT INTO member VALUES ('emea', '005A', 2), ('emea', '005B', 1), ('amer', '005C', 1), ('amer', '005D', 1), ('amer', '005E', 3);

CREATE TEMP TABLE o (metric, e INT, at INT, hits INT, pop INT);
INSERT INTO o SELECT 'suggestion_acceptance', id, at, says = 'accepted', 1 FROM resolved WHERE verdict IS NOT 'review';
INSERT INTO o SELECT 'suggestion_edited', id, at, says = 'edited', 1 FROM resolved WHERE verdict IS NOT 'review';
INSERT INTO o SELECT 'rejected', id, at, 1, 0 FROM resolved WHERE verdict IS NOT 'review' AND says = 'rejected';
INSERT INTO o SELECT 'review_acceptance', id, at, says = 'accepted', 1 FROM resolved WHERE verdict = 'review';
INSERT INTO o SELECT 'routing_correction', id, at, corrected, 1 FROM corrected WHERE action = 'assign';
INSERT INTO o SELECT 'assignments_open', id, at, 1, 0 FROM corrected
    WHERE action = 'assign' AND at + 14 * 86400 > (SELECT max(at) + 1 FROM e);
INSERT INTO o SELECT 'automatic_correction', id, at, corrected, 1 FROM corrected WHERE automatic;
INSERT INTO o SELECT 'sla_breach', id, at, EXISTS (SELECT 1 FROM breach b WHERE b.key = f.key AND b.at > f.at
    AND b.at <= coalesce(f.next, 1 << 60)), 1 FROM fate f WHERE action = 'assign';
INSERT INTO o SELECT 'default_owner', id, at, NOT EXISTS (SELECT 1 FROM rule r WHERE r.e = d.id
    AND r.rule NOT IN ('rest', 'high-value', 'customers')), 1 FROM d WHERE action = 'assign' AND target = '';
INSERT INTO o SELECT 'task_completion', id, due, coalesce(finished <= due, 0), 1 FROM task WHERE over;
INSERT INTO o SELECT 'tasks_late', id, due, 1, 0 FROM task WHERE over AND finished > due;
INSERT INTO o SELECT 'tasks_open', id, due, 1, 0 FROM task WHERE NOT over;
INSERT INTO o SELECT 'tasks_undated', id, at, 1, 0 FROM task WHERE due IS NULL;
INSERT INTO o SELECT 'suppression_block_rate', id, at, verdict IN ('block', 'review')
    AND EXISTS (SELECT 1 FROM code c WHERE c.e = e.id AND c.code = 'suppressed'), 1
    FROM e WHERE says IS NULL AND verdict IS NOT NULL;
INSERT INTO o SELECT 'unrouted', id, at, EXISTS (SELECT 1 FROM code c WHERE c.e = e.id AND c.code = 'unrouted'), 1
    FROM e WHERE says IS NULL AND verdict IS NOT NULL AND action = 'assign' AND target = '';
INSERT INTO o SELECT 'escalated', id, at, 1, 0 FROM e WHERE says IS NULL AND verdict IS NOT NULL AND action = 'assign'
    AND target = '' AND EXISTS (SELECT 1 FROM code c WHERE c.e = e.id AND c.code IN ('rules-disagree', 'escalated'));
INSERT INTO o SELECT 'rollbacks', id, at, kind = 'rollback', made FROM made WHERE kind = 'rollback' OR made;
INSERT INTO o SELECT 'handoff_useful', id, at, says = 'handoff_useful', 1 FROM rated;
INSERT INTO o SELECT 'false_duplicates', id, at, 1, 0 FROM e WHERE says = 'false_duplicate';
INSERT INTO o SELECT 'wrong_routes', id, at, 1, 0 FROM e WHERE says = 'wrong_route';
INSERT INTO o SELECT 'missing_data', id, at, 1, 0 FROM e WHERE says = 'missing_data';
