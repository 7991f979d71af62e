local head = "file,path,kind,class,severity,left_type,left,right_type,right,note\r\n"

local function line(t, left, right)
  local text = t:report({ a = left }, { a = right }, nil, { file = "vfs.json" })
  t:equal(text:sub(1, #head), head)
  return text:sub(#head + 1)
end

return {
  profile = "phase-b",

  one_line_a_divergence = function(t)
    t:equal(line(t, 1, 2.5), "vfs.json,a,type-mismatch,gamma-kernel-content,error,integer,1,real,2.5,\r\n")
    t:equal(line(t, 1, 1), "")
  end,

  absent_is_empty = function(t)
    t:equal(line(t, nil, "x"), "vfs.json,a,extra-field,sigma-structural,error,absent,,string,x,\r\n")
  end,

  quotes_commas_and_lines = function(t)
    t:equal(line(t, 'say "no", now', "a\r\nb"),
      'vfs.json,a,value,gamma-kernel-content,error,string,"say ""no"", now",string,"a\r\nb",\r\n')
    t:equal(line(t, { 1, "x" }, { 1 }),
      'vfs.json,a,seq-length,sigma-structural,error,array,"[1,""x""]",array,[1],\r\n')
  end,

  formulas_are_text = function(t)
    t:equal(line(t, "=1+1", "@SUM(A1)"),
      "vfs.json,a,value,gamma-kernel-content,error,string,'=1+1,string,'@SUM(A1),\r\n")
    t:equal(line(t, '=HYPERLINK("x")', "+1,2"),
      'vfs.json,a,value,gamma-kernel-content,error,string,"\'=HYPERLINK(""x"")",string,"\'+1,2",\r\n')
    t:equal(line(t, "\t=1", "-x"), "vfs.json,a,value,gamma-kernel-content,error,string,'\t=1,string,'-x,\r\n")
  end,

  numbers_are_numbers = function(t)
    t:equal(line(t, -5, -1.5e300), "vfs.json,a,type-mismatch,gamma-kernel-content,error,integer,-5,real,-1.5e+300,\r\n")
  end,

  whole_report = function(t)
    t:report(t:file "left.json", t:file "right.json", t:file "expected.csv", { file = "kernel.json" })
  end,
}
