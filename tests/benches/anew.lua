-- Asks for a page with another query each time, so that nothing that was kept of it is given:
-- wrk -t1 -c8 -d4s -s tests/benches/anew.lua http://127.0.0.1:8080/visits
-- A list is asked for another number of rows each time, any other page with a parameter it does not know.
local asked = 0

function request()
    asked = asked + 1
    local path = wrk.path
    if path == "/learnings" or path == "/visits" then
        return wrk.format("GET", path .. "?limit=" .. (50 + asked % 400))
    end
    return wrk.format("GET", path .. "?x=" .. asked)
end
