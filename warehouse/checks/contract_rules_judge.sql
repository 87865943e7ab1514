-- severity: error
-- owner: operations
-- judged: select count(*) from check_results
--   where run_id = $run_id and check_name like 'contract:%'
-- may judge nothing: a run may have no rows to judge
-- No rule of a contract judged nothing in a run in which its table had rows to judge.
select check_results.check_name
from check_results
where
    check_results.run_id = $run_id
    and check_results.check_name like 'contract:%'
    and check_results.judged_count = 0
