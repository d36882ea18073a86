-- The whole command path over HTTP: each request defines a theme of its own programme or creates a programme.
-- wrk -t1 -c64 -d10s -s tests/benches/commands.lua http://127.0.0.1:8080 -- TOKEN
local token
local thread_counter = 0
local made = 0
local run = os.time()

function setup(thread)
   thread_counter = thread_counter + 1
   thread:set("thread_number", thread_counter)
end

function init(arguments)
   token = arguments[1]
   wrk.method = "POST"
   wrk.headers["Content-Type"] = "application/json"
   wrk.headers["Authorization"] = "Bearer " .. token
end

function request()
   made = made + 1
   local code = string.format("p-%d-%d-%d", run, thread_number, made)
   local body = '{"code":"' .. code .. '","title":{"en":"A programme of the benchmark"},"funder":"European Union",'
      .. '"on_behalf_of":"DG REGIO","starts_on":"2026-01-01","ends_on":"2027-06-30"}'
   return wrk.format(nil, "/api/commands/CreateProgramme", nil, body)
end

function response(status, headers, body)
   if status ~= 201 then
      print(status, body)
   end
end
