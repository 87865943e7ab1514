-- severity: error
-- owner: operations
-- judged: select count(*) from check_results
--   where run_id = $run_id and check_name like 'canary:%'
-- Every known-bad row that this run fed to the contracts was refused.
select
    check_results.check_name,
    check_results.sample
from check_results
where
    check_results.run_id = $run_id
    and check_results.check_name like 'canary:%'
    and not check_results.is_passed
