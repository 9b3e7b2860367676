-- New customers as fast as they are taken, for wrk: it needs little of the two cores that the server shares with it.
-- OTOKUI_TOKENS: API tokens with commas between; limits are counted per token.
local tokens, made = {}, 0
for token in os.getenv("OTOKUI_TOKENS"):gmatch("[^,]+") do tokens[#tokens + 1] = token end

function request()
  made = made + 1
  local body = string.format(
    '{"family_name":"計測","given_name":"並行%d","email":"bench-wrk-%d@example.jp","phone":"090%08d","status":"guest"}',
    made, made, 10000000 + made)
  local headers = {["Authorization"] = "Bearer " .. tokens[made % #tokens + 1], ["Content-Type"] = "application/json"}
  return wrk.format("POST", "/api/v1/customers", headers, body)
end
